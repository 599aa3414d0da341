"""Topics: what conversations are about, in people's own words, the same from month to month.

They come from open places alone, without names and without what is sensitive. With scikit-learn (the extra
`ideas`) conversations are clustered; without it each place is a topic. Start with `conversations.py` (what is
counted), then `found.py` (`topics`, `Topics`), then `profiles.py` (who and which group talks of what).
"""

from __future__ import annotations

from crosstie.ideas.topics.conversations import Conversations, conversations
from crosstie.ideas.topics.found import About, Topics, topics
from crosstie.ideas.topics.sensitive import Sensitive

__all__ = ["About", "Conversations", "Sensitive", "Topics", "conversations", "topics"]
