<p>Bonjour {{ $patient->prenom }},</p><p>Votre rendez-vous du {{ $rdv->date }} a été annulé. Message du cabinet : {{ $rdv->message_annulation }}</p>
