<p>${child.givenName} received ${immunization.name} on ${immunization.date}. Next due: ${next.name}.</p>
