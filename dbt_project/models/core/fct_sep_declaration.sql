-- One row per line of ETSI's export and publication number in it. Declared, never
-- essential.
with

numbers as (

    select
        _snapshot_id,
        _record_number,
        sequence_number,
        publication_number
    from {{ ref('stg_etsi_isld__declared_publications') }}

),

final as (

    select
        declared._snapshot_id,
        declared._record_number,
        coalesce(numbers.sequence_number, 0) as sequence_number,
        declared.declaration_number,
        declared.declaration_date,
        {{ normalised_name("declared.declarant_name") }} as declarant_name_key,
        declared.declarant_name,
        declared.group_id,
        declared.family_id,
        declared.patent_kind,
        declared.office_code,
        declared.application_number,
        numbers.publication_number,
        declared.standard_designator,
        declared.standard_version,
        declared.specification_designator,
        declared.specification_version,
        declared.title,
        declared.is_2g,
        declared.is_3g,
        declared.is_4g,
        declared.is_5g
    from {{ ref('stg_etsi_isld__declarations') }} as declared
    -- One to many: a line names several publications of one application, or none.
    left join numbers
        on
            declared._snapshot_id = numbers._snapshot_id
            and declared._record_number = numbers._record_number

)

select * from final
