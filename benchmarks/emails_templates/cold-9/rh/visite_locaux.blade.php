<p>Bonjour {{ $salarie->prenom }}, la visite des nouveaux locaux aura lieu le {{ $date }}. Motif d'absence éventuel : {{ $lien }}</p>
