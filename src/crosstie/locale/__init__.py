"""What the pages say in other languages than English, and how each language writes dates.

A language is a folder with its messages (`django.po`, collected by ``make messages``) and its `formats`.
They use no other room.
"""
