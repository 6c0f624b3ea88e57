-- One row per record of literature that stands, with the work that it is of.
with

final as (

    select
        source,
        _snapshot_id,
        _record_number,
        work_id,
        sequence_number,
        method,
        score,
        version
    from {{ source('xref', 'works') }}

)

select * from final
