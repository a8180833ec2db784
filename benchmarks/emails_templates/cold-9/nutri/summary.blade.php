<p>Bonjour {{ $user->prenom }}, IMC : {{ $mesure->imc }}. Objectif : {{ $objectif->poids }} kg.</p>
