-- One row per standard by its designator: dated editions apart from each other, and
-- from the undated standard where somebody names that one. Told by the first source
-- that has it, and of one source by the record that came last.
with

listed as (

    select
        1 as source_rank,
        'standards/iso_open_data' as source,
        designator,
        coalesce(designator_undated, designator) as designator_undated,
        'ISO' as standard_body,
        title,
        publication_date,
        stage_code,
        _snapshot_id,
        _record_number
    from {{ ref('stg_iso_open_data__deliverables') }}
    union all
    select
        2 as source_rank,
        'standards/ietf_rfc' as source,
        designator,
        designator as designator_undated,
        'IETF' as standard_body,
        title,
        publication_date,
        cast(null as string) as stage_code,
        _snapshot_id,
        _record_number
    from {{ ref('stg_ietf_rfc__rfcs') }}
    union all
    select
        3 as source_rank,
        'standards/china_standards' as source,
        designator,
        designator_undated,
        'CN' as standard_body,
        title,
        issue_date as publication_date,
        cast(null as string) as stage_code,
        _snapshot_id,
        _record_number
    from {{ ref('stg_china_standards__standards') }}
    where designator is not null
    union all
    -- An entry of an index knows the designator alone.
    select
        case when record_form = 'record' then 4 else 5 end as source_rank,
        'standards/relaton' as source,
        designator,
        designator_undated,
        body_code as standard_body,
        title,
        publication_date,
        stage_code,
        _snapshot_id,
        _record_number
    from {{ ref('stg_relaton__documents') }}
    where designator is not null
    union all
    -- Declarations name standards without their version.
    select
        6 as source_rank,
        'standards/etsi_isld' as source,
        standard_designator as designator,
        standard_designator as designator_undated,
        standard_body,
        cast(null as string) as title,
        cast(null as date) as publication_date,
        cast(null as string) as stage_code,
        _snapshot_id,
        _record_number
    from {{ ref('stg_etsi_isld__declarations') }}
    where standard_designator is not null
    union all
    select
        6 as source_rank,
        'standards/etsi_isld' as source,
        specification_designator as designator,
        specification_designator as designator_undated,
        '3GPP' as standard_body,
        cast(null as string) as title,
        cast(null as date) as publication_date,
        cast(null as string) as stage_code,
        _snapshot_id,
        _record_number
    from {{ ref('stg_etsi_isld__declarations') }}
    where specification_designator is not null

),

placed as (

    select
        *,
        row_number() over (
            partition by designator
            order by
                source_rank asc, publication_date desc nulls last,
                _snapshot_id desc, _record_number desc, standard_body asc
        ) as place
    from listed

),

final as (

    select
        designator,
        designator_undated,
        standard_body,
        title,
        publication_date,
        stage_code,
        source
    from placed
    where place = 1

)

select * from final
