"""Where finished messages go: to a mail server, into files, or, for tests, into memory. The only writers of mail.

smtp alone makes outgoing connections.
"""
