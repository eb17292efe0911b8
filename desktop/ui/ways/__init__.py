"""The ways out of the basket: mail, the shared folder, the clipboard, a link; and the outbox."""
