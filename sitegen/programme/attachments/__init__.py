"""What goes along with goods to delight: found for a product, and listed for those who pack."""
