"""Put a finished site where the world can read it: a folder or a host behind ssh, in an order that never breaks it.

A kind of place is a module with a class that keeps `place.Place`. A place that can swap a whole folder at one
instant does that; any other applies `steps.steps` in order (S3 would `put` objects, git would make one commit).
"""
