"""Who may enter the desk: staff, their rights, sign-in links, passkeys, sessions."""
