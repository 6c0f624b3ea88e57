-- One row per trademark, with the family of marks that are one sign of one owner.
select
    mark_id as right_id,
    mark_family_id,
    mark_count,
    office_count,
    method,
    score,
    version
from {{ source('xref', 'mark_families') }}
