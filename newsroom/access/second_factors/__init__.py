"""Second factors of sign-in: passkeys, authenticator apps and recovery codes."""
