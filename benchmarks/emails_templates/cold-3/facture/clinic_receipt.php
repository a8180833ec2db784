<p>Receipt <?= $receipt->number ?></p><p>Acupuncture, 45 min: <?= $receipt->amount ?></p><p>Patient: <?= $patient->name ?></p>
