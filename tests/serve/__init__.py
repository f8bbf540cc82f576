"""The server: protocol, clients, limits, pages."""
