"""Text out of bytes: charsets, visible text, PDFs, addresses, noise and differences. Pure; fetches nothing."""
