"""What a text contributes to the search index: its words, their written forms, and the parts that results show."""
