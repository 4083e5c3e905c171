"""The organized site as one value, made of documents: conditions, permalinks, people, topics, schedule, links."""
