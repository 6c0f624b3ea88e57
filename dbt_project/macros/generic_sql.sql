{#- Where the two engines differ in more than text functions. -#}

{#- The parts of a text between separators, a row each, beside the row they come from. -#}
{% macro parts_of(relation, key, text, separator) -%}
    {%- if target.type == 'spark' -%}
        select
            {{ key }},
            explode(split({{ text }}, '{{ separator }}')) as part
        from {{ relation }}
    {%- else -%}
        select
            {{ key }},
            unnest(string_split({{ text }}, '{{ separator }}')) as part
        from {{ relation }}
    {%- endif -%}
{%- endmacro %}
