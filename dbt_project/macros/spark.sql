{#- Sail (0.7) knows no `alter table … alter column … set not null`. The gate before a release and
the tests of the project hold the same promises on both engines. -#}
{% macro spark__persist_constraints(relation, model) -%}
{%- endmacro %}
