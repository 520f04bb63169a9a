"""Parts of the programme that a text may show: `::: benefits :::`. A module each; `MAKER` is what makes it."""
