<p>Bonjour {{ $patient->prenom }},</p><p>Votre téléconsultation commence dans dix minutes : <a href="{{ $lien }}">rejoindre</a></p>
