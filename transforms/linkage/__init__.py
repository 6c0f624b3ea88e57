"""Links between records that no source states: scored, with their method, from table to table."""
