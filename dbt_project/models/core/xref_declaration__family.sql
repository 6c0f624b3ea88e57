-- One row per declaration, edition of a standard and patent family. Declared, never
-- essential.
select
    declaration_number,
    edition_designator,
    patent_family_id,
    declaration_date,
    standard_designator,
    standard_version,
    release_number,
    reached_by,
    application_id,
    line_count,
    method,
    score,
    version
from {{ source('xref', 'sep_chain') }}
