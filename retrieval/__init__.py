"""What the news says: reading articles into facts, finding passages, understanding and answering questions."""
