<p>${author.name} commented on ${page.title}:</p><p>${comment.text}</p>
