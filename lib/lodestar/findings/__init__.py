"""Sentences for people, made from results and tested."""
