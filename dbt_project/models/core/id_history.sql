-- One row per id of a party that became another one, was divided, or is gone: old, new,
-- when and why.
select
    old_id,
    new_id,
    changed_date,
    reason,
    name_key
from {{ source('xref', 'id_history') }}
