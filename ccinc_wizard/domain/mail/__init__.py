"""How a pasted mail is read: its parts, and small named rules for numbers, people, roles and organisations."""
