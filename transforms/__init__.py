"""From upstream records to typed staging: functions from LazyFrame to LazyFrame."""
