"""Bekal: the work of Indonesian corrections, from training to market to the life after."""
