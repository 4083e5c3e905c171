"""A project of Hugo that holds every kind of thing that is imported, with canaries in what must not come."""

LISTING = r"""
== hugo.toml
baseURL = "https://www.old.example/blog/"
defaultContentLanguage = "en"
[permalinks]
posts = "/:year/:month/:slug/"
[languages.en]
languageName = "English"
[languages.es]
languageName = "Español"
== data/authors/nora.yaml
name: Nora Lind
email: canary-mail@canary.example
login: canary-login
avatar: https://secure.gravatar.com/avatar/canaryavatar0123
== content/_index.md
---
title: Home
---
Welcome.
== content/about.md
+++
title = "About us"
aliases = ["/who/"]
+++
# Who we are

We began in 2009.
== content/posts/pacing/index.md
---
title: "Pacing & rest"
date: 2019-03-14T10:00:00Z
lastmod: 2020-05-01
slug: pacing-well
author: {name: Nora Lind, email: canary-mail@canary.example, login: canary-login}
author_login: canary-login
ip: 203.0.113.77
user_agent: canary-agent/1.0
tags: [Energy, "Rest"]
categories: Sleep
cover: {image: bucket.png, alt: Three taps}
description: How to rest. canary-mail@canary.example
aliases: [/old/pacing/, former]
weight: 3
---
# Start here

Rest before [the classic]({{< relref "/posts/classic.md#part" >}}), [by file](../classic.md), [by address](/blog/2018/01/classic/),
[elsewhere][who] and [gone](/blog/nowhere/). Bare https://www.who.int/page. <span class="x">Span</span> and <a href="https://a.example/" target="_blank">a link</a>.

![Taps](bucket.png "Title") and ![](bucket.png) and ![Gone](missing.png)

{{< figure src="bucket.png" alt="Taps" caption="The *taps*" >}}

{{< youtube abcdefghijk >}}

{{< notice warning >}}
Not with **grapefruit**.
{{< /notice >}}

{{< highlight py >}}
print("{{x}}")
{{< /highlight >}}

{{< strange "canary-login" >}}

{{% wrap %}}Inner{{% /wrap %}}

```go
{{< notashortcode >}}
```

<table><tr><th>A</th></tr><tr><td>b</td></tr></table>

<div class="row">

Text in a *row*.

</div>

| A | B |
|---|---|
| 1 | 2 |

Common.[^1] H~2~O, ==marked==, canary-mail@canary.example <!-- canary-login -->

Setext
------

[^1]: A note.
[who]: https://www.who.int/x "WHO"
[[toc]]
== content/posts/pacing/index.es.md
---
title: Descansar
date: 2019-03-14
---
Descansar antes.
== content/posts/classic.md
---
title: Classic
date: 2018-01-02
draft: false
authors: [nora]
---
## Part {#part}

Words.
== content/posts/french.fr.md
---
title: Repos
date: 2018-01-02
---
Mots.
== content/posts/draft.md
---
title: A draft
draft: true
---
Not yet.
== content/posts/later.md
---
title: Later
publishDate: 2030-01-01
expiryDate: 2031-01-01
---
Soon.
== content/posts/private.md
---
title: canary-private
private: true
---
canary-private
== content/posts/broken.md
---
title: [
---
Text.
"""
