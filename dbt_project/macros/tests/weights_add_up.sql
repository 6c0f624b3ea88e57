{#- What a key is divided into adds up to the whole. -#}
{% test weights_add_up(model, columns, weight="weight") %}

    select {{ columns | join(", ") }}
    from {{ model }}
    group by {{ columns | join(", ") }}
    having abs(sum({{ weight }}) - 1) > 0.000001

{% endtest %}
