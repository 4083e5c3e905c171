"""What a build is: inputs, plan, diff, rendering, the last build; check stands on the same plan."""
