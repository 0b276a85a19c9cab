"""What every room stands on: rupiah, time, ids, actors, refusals, messages that may come twice."""
