<?php foreach ($visit->diagnoses as $d) { ?><li><?= $d->label ?></li><?php } ?>
