"""Days: occasions, lunar and solar, public holidays, periods, and what is due when."""
