"""What the news says: reading articles into facts, finding passages, understanding questions, answering with citations."""
