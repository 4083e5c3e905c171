"""A project of Jekyll that holds every kind of thing that is imported, with canaries in what must not come."""

LISTING = r"""
== _config.yml
url: https://old.example
baseurl: /blog
permalink: /:categories/:year/:title.html
collections:
  stories:
    output: true
author: {name: Nora Lind, email: canary-mail@canary.example}
== _data/authors.yml
nora: {name: Nora Lind, email: canary-mail@canary.example, login: canary-login, avatar: canaryavatar0123}
== _posts/2019-03-14-pacing.md
---
layout: post
title: "Pacing & rest"
author: nora
author_login: canary-login
author_email: canary-mail@canary.example
ip: 203.0.113.77
user_agent: canary-agent/1.0
categories: sleep
tags: energy rest
image: {path: /images/bucket.png, alt: Three taps}
redirect_from: [/old/pacing/]
last_modified_at: 2020-05-01
excerpt: How to rest. canary-mail@canary.example
---
* TOC
{:toc}

Rest before [the classic]({% post_url 2018-01-02-classic %}), [by file]({% link _posts/2018-01-02-classic.md %}#part),
[by address]({{ site.baseurl }}/2018/classic.html) and [gone](/blog/nowhere/).
{: .lead}

## Start
{: #start}

![Taps]({{ "/images/bucket.png" | relative_url }}){: width="300"}

{% include figure.html url="/images/bucket.png" alt="Taps" caption="The taps" %}

{% highlight ruby %}
puts "{{x}}"
{% endhighlight %}

{% raw %}{{ kept }}{% endraw %} {{ page.secret }} {% if x %}yes{% endif %}

{% comment %} canary-login {% endcomment %}

{% include canary.html %}

<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>

{: .note }
Text canary-mail@canary.example.
== _posts/2018-01-02-classic.md
---
title: Classic
---
Part
====

Words.
== _posts/2018-02-02-html.html
---
title: In HTML
---
<p>An <b>old</b> post.</p>
== _drafts/idea.md
---
title: An idea
---
Not yet.
== _posts/2018-03-03-hidden.md
---
title: Hidden
published: false
---
Hidden.
== _stories/mine.md
---
title: My story
date: 2018-05-05
---
A story.
== about.md
---
title: About
permalink: /about/
---
About us.
== index.html
---
layout: home
---
{% for post in site.posts %}{{ post.title }}{% endfor %}
== _posts/2018-04-04-private.md
---
title: canary-private
private: true
---
canary-private
"""
