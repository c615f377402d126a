"""What people see: values of the model turned into words, and words into pages and mails.

Pure: nothing here fetches, stores, sends or reads a clock.
"""
