"""Pure reasoning of the standards: cadence, clocks, params, targets, plan files. No tables, no clock."""
