"""Take in what other shop systems export: a record becomes rows of the customer file, or is rejected and told why."""
