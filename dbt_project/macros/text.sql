{#- Where the two engines differ in text functions. -#}

{#- Every match of a pattern replaced; DuckDB replaces only the first unless told. -#}
{% macro replace_all(text, pattern, replacement) -%}
    {%- if target.type == 'spark' -%}
        regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}')
    {%- else -%}
        regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
    {%- endif -%}
{%- endmacro %}

{#- A name reduced to what spellings of one organisation share: case, width and punctuation gone. -#}
{% macro normalised_name(name) -%}
    {%- set folded = "translate(upper(" ~ name ~ "), '（）．，＆　', '().,& ')" -%}
    {%- set spaced = replace_all(folded, "[^\\p{L}\\p{N}]+", " ") -%}
    trim({{ replace_all(spaced, " +", " ") }})
{%- endmacro %}
