"""Where publishers take corrections: how a page says it, and which of it serves which story."""

from digest.contacts.finding import asks_without_place, find_contacts, find_contacts_in_links, parse_contact
from digest.contacts.serving import Forms, plainest

__all__ = ["Forms", "asks_without_place", "find_contacts", "find_contacts_in_links", "parse_contact", "plainest"]
