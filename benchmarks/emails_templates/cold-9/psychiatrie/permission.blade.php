<p>Bonjour {{ $proche->nom }}, la permission de sortie de {{ $patient->prenom }} de l'unité de psychiatrie est accordée du {{ $debut }} au {{ $fin }}.</p>
