<p>${person.firstName} ${person.lastName},</p>
<p>you have been in contact with a person infected with COVID-19. You must stay in quarantine until ${quarantineTo}.</p>
