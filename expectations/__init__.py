"""The two gates: after staging and before publish. They measure, judge, and say why."""
