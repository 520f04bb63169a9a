"""Reports of who leaves: the register of the lost, the leaky bucket, churn and cohorts, early warning."""
