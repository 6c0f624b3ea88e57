{#- Where the two engines differ in text functions. -#}

{#- Every match of a pattern replaced. DuckDB replaces only the first unless told, and Spark reads
a backslash in a text as the beginning of an escape. -#}
{% macro replace_all(text, pattern, replacement) -%}
    {%- if target.type == 'spark' -%}
        regexp_replace({{ text }}, '{{ pattern | replace("\\", "\\\\") }}', '{{ replacement }}')
    {%- else -%}
        regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
    {%- endif -%}
{%- endmacro %}

{#- A name reduced to what spellings of one organisation share: case, width and punctuation gone. -#}
{% macro normalised_name(name) -%}
    {%- set folded = "translate(lower(translate(" ~ name ~ ", 'İ（）．，＆　', 'I().,& ')), 'ς', 'σ')" -%}
    {%- set spaced = replace_all(folded, "[^\\p{L}\\p{N}]+", " ") -%}
    trim({{ replace_all(spaced, " +", " ") }})
{%- endmacro %}
