<p>Dear ${patient.givenName} ${patient.familyName},</p>
<p>You have an appointment with ${provider.name} at ${location.name} on <g:formatDate date="${appointment.start}"/>.</p>
