-- One row per normalised name of an organisation, in the forms that it is searched by.
select
    name_key,
    plain_name,
    bare_name,
    brand_name,
    canonical_words,
    pinyin
from {{ source('xref', 'party_search') }}
