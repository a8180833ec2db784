<?php foreach ($order->lines as $line): ?>
<tr><td><?= $line->drug_name ?></td><td><?= $line->pack_size ?></td></tr>
<?php endforeach ?>
<p>Dispensed by <?= $pharmacy ?></p>
