"""Lead complaints through their nine steps, and keep the registers of the desk."""
